#!/bin/sh
# Puts the document of this hour in place for each line. For cron, every five minutes:
#   sh current.sh WHERE_THE_EXPORT_LIES WHERE_THE_SERVER_READS PUBLIC_KEY_FILE
# What is not signed by that key, or not whole, changes nothing.
set -eu
from=$1 to=$2 key=$3
cd "$from"
openssl pkeyutl -verify -pubin -inkey "$key" -rawin \
    -in SHA256SUMS -sigfile SHA256SUMS.sig >/dev/null
sha256sum --check --quiet --strict SHA256SUMS
put() { cp "$1" "$to/$2.new" && mv "$to/$2.new" "$to/$2"; }
hour=$(date -u +%Y-%m-%dT%H)
for line in $(sed -n 's|^[0-9a-f]*  \([a-z0-9-]*\)/always\.xml$|\1|p' SHA256SUMS); do
    mkdir -p "$to/$line"
    for document in $(sed -n "s|^[0-9a-f]*  \($line/[a-z][a-z0-9-]*\.xml\)$|\1|p" SHA256SUMS); do
        put "$document" "$document"
    done
    now="$line/$hour.xml"
    grep -q "  $now\$" SHA256SUMS || now="$line/always.xml"
    put "$now" "$line/current.xml"
done
