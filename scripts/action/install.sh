#!/usr/bin/env bash
# Puts ztvet on the PATH of a GitHub job: the program of a release, or one built from the action's own source where there
# is no such release. action.yml gives VERSION, SOURCE and RELEASES, and the runner the rest.
set -euo pipefail

fail() {
    echo "::error title=ztvet::$1"
    exit 1
}

own_version="$(sed -n 's/^version = "\(.*\)"$/\1/p' "$SOURCE/Cargo.toml" | head -n 1)"
version="${VERSION:-$own_version}"
version="${version#v}"
# It becomes a part of an address.
[[ "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+[0-9A-Za-z.-]*$ ]] || fail 'the input version is not one such as 0.1.0'

case "$RUNNER_OS-$RUNNER_ARCH" in
Linux-X64) archive=ztvet-x86_64-unknown-linux-gnu.tar.gz ;;
Linux-ARM64) archive=ztvet-aarch64-unknown-linux-gnu.tar.gz ;;
macOS-X64) archive=ztvet-x86_64-apple-darwin.tar.gz ;;
macOS-ARM64) archive=ztvet-aarch64-apple-darwin.tar.gz ;;
Windows-X64) archive=ztvet-x86_64-pc-windows-msvc.zip ;;
*) archive='' ;;
esac

home="$RUNNER_TEMP/ztvet-$version"
mkdir -p "$home/bin"

download() {
    [ -n "$RELEASES" ] && [ -n "$archive" ] || return 1
    local name
    for name in "$archive" "$archive.sha256"; do
        curl --fail --silent --location --retry 3 --output "$home/$name" "$RELEASES/v$version/$name" || return 1
    done
}

# Of standard input: the name of a file on Windows would change what is printed.
sha256() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi
}

unpack() {
    local expected actual
    read -r expected _ <"$home/$archive.sha256"
    read -r actual _ < <(sha256 <"$home/$archive")
    [ "$expected" = "$actual" ] || fail "the checksum of $archive is not that of the release"
    case "$archive" in
    *.zip) unzip -q -o "$home/$archive" -d "$home/bin" ;;
    *) tar -xzf "$home/$archive" -C "$home/bin" --strip-components 1 ;;
    esac
}

if download; then
    unpack
    echo "installed the release $version"
elif [ "$version" != "$own_version" ]; then
    fail "there is no release $version for $RUNNER_OS $RUNNER_ARCH at ${RELEASES:-this repository}"
elif command -v cargo >/dev/null; then
    echo "there is no release $version for $RUNNER_OS $RUNNER_ARCH: building it takes some minutes"
    cargo install --locked --path "$SOURCE" --root "$home"
else
    fail "there is no release $version for $RUNNER_OS $RUNNER_ARCH, and no cargo to build it with"
fi

echo "$home/bin" >>"$GITHUB_PATH"
