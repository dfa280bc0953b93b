#!/usr/bin/env bash
# Judges what the inputs of the action name, and tells the steps after it how that ended. The inputs come from action.yml by
# the environment, so that none of them is a command. Ends well whatever was found: a later step gives the verdict.
set -euo pipefail

arguments=(--format="$FORMAT" --format=markdown --output="$GITHUB_STEP_SUMMARY")
if [ -n "$SARIF_FILE" ]; then
    [[ "$SARIF_FILE" != *[$'\r\n']* ]] || { echo '::error title=ztvet::the input sarif-file has several lines'; exit 2; }
    # What a run before left behind is not what this run found.
    rm -f -- "$SARIF_FILE"
    arguments+=(--format=sarif --output="$SARIF_FILE")
fi
[ -z "$CONFIG" ] || arguments+=(--config="$CONFIG")
[ -z "$BASELINE" ] || arguments+=(--baseline="$BASELINE")
[ -z "$FAIL_ON" ] || arguments+=(--fail-on="$FAIL_ON")

arguments+=(--)
while IFS= read -r path || [ -n "$path" ]; do
    path="${path%$'\r'}"
    [ -z "$path" ] || arguments+=("$path")
done <<<"$PATHS"

code=0
ztvet check "${arguments[@]}" || code=$?

{
    echo "exit-code=$code"
    if [ -n "$SARIF_FILE" ] && [ -f "$SARIF_FILE" ]; then echo "sarif-file=$SARIF_FILE"; fi
} >>"$GITHUB_OUTPUT"
