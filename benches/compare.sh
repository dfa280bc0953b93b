#!/usr/bin/env bash
# Measures ztvet, OPA and Conftest on the same made-up tenant and the same rules, and checks that they find the same.
# Needs Rust and Python 3; and Go, or else only ztvet is measured. See `benches/compare.sh --help`.
set -euo pipefail
cd "$(dirname "$0")/.."
unset RUST_BACKTRACE CARGO_TARGET_DIR

opa_version=v1.22.2 # as in benches/opa_prepared/go.mod
conftest_version=v0.71.1
work=target/compare
mkdir -p "$work/bin"

# The path of a tool of that version, which is installed where it is not there.
tool() {
    local module=$1 version=$2 name
    name=$(basename "$module")
    for path in "$work/bin/$name" "$(go env GOPATH)/bin/$name"; do
        if [ -x "$path" ] && go version -m "$path" | grep "mod[[:space:]]$module[[:space:]]$version\>" >/dev/null; then
            echo "$path"
            return
        fi
    done
    GOBIN=$PWD/$work/bin go install "$module@$version" >&2
    echo "$work/bin/$name"
}

made=()
if [ "${1:-}" != --help ]; then
    cargo build --release --quiet --bin ztvet --example tenant --example judge_tenant
    made=(--judge target/release/examples/judge_tenant)
    if command -v go >/dev/null; then
        opa=$(tool github.com/open-policy-agent/opa "$opa_version")
        conftest=$(tool github.com/open-policy-agent/conftest "$conftest_version")
        (cd benches/opa_prepared && go build -o "../../$work/bin/opa_prepared" .)
        made+=(--opa "$opa" --conftest "$conftest" --prepared "$work/bin/opa_prepared")
    else
        echo 'there is no Go toolchain, so OPA and Conftest are not measured' >&2
    fi
fi
exec python3 -B benches/compare/compare.py --work "$work" "${made[@]}" "$@"
