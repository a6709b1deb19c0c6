#!/bin/sh
# Makes rules/places/places.tsv anew: fetches the sources (about 45 MB, apt and npm), joins and filters them. The file is
# committed, so nobody needs this to build Tocsin. Needs python3, apt-get, npm, dpkg-deb.
# usage: packaging/gazetteer/build.sh [FOLDER] [--profile nano|embedded|full]   (FOLDER keeps the sources, default build/gazetteer)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=$root/build/gazetteer
case ${1:-} in ''|--*) ;; *) folder=$1; shift ;; esac
"$here/fetch.sh" "$folder"
python3 "$here/make_countries.py" "$folder" > "$folder/countries.inc"
mv "$folder/countries.inc" "$root/daemon/model/countries.inc"
python3 "$here/demonyms.py" > "$folder/demonyms.tsv"
mv "$folder/demonyms.tsv" "$root/rules/places/demonyms.tsv"
python3 "$here/build.py" "$folder" "$folder/places.tsv" "$@"
mv "$folder/places.tsv" "$root/rules/places/places.tsv"
