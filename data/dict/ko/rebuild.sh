#!/bin/sh
# Rebuilds system.dic.lz4, features.txt, user.toml and LICENSE from the wheel on PyPI.
# Needs python3 with pip, a Rust toolchain and a C compiler; takes a few minutes, most of it for compiling.
# The same crate versions (Cargo.lock) give the same bytes: `git status` shows no change.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/requirements.txt" <<'PIN'
python-mecab-ko-dic==2.1.1.post2 --hash=sha256:ef8f4e80c8976f1340a7264abb0c96f384fe059fd897584aeba0151753c6ae9b
PIN
python3 -m pip download --quiet --no-deps --require-hashes --requirement "$work/requirements.txt" --dest "$work"
python3 -m zipfile -e "$work"/python_mecab_ko_dic-*.whl "$work"

cd "$here/../../.."
cargo run --release --example pack_dictionary -- "$work/mecab_ko_dic/dictionary" "$work"
mv "$work/features.txt" "$work/user.toml" "$here"
python3 -m pip install --quiet --no-deps --target "$work/lz4" lz4==4.4.5
PYTHONPATH="$work/lz4" python3 - "$work/system.dic" "$here/system.dic.lz4" <<'PACK'
import lz4.frame, sys
plain = open(sys.argv[1], "rb").read()
packed = lz4.frame.compress(plain, compression_level=12, block_size=lz4.frame.BLOCKSIZE_MAX4MB, content_checksum=True)
open(sys.argv[2], "wb").write(packed)
PACK
cp "$work"/python_mecab_ko_dic-*.dist-info/LICENSE "$here/LICENSE"
