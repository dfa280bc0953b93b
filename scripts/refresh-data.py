#!/usr/bin/env python3
"""Rebuild data/permissions.tsv and data/well_known_apps.tsv from public sources.

DIR holds:

  graph_permissions.csv   Microsoft Graph's permissions, one row for each id and kind:
                          id,name,type,privilege_level,admin_consent
                          (type is delegated or application). A column id_source may say devx-conflict of a
                          second id, of another cloud or an older time; further columns are ignored.
                          Without it, these three files are read in its place:
    GraphAppRoles.json, GraphDelegateRoles.json
                          from https://github.com/merill/microsoft-info, folder _info (MIT)
    permissions.json      from https://github.com/microsoftgraph/microsoft-graph-devx-content,
                          folder permissions/new (MIT)
  risky_permissions_cisa.json (or RiskyAppPermissions.json)
                          from https://github.com/cisagov/ScubaGear,
                          folder PowerShell/ScubaGear/schemas (CC0)
  well_known_apps.csv     app_id,name,resource_uri: Microsoft's own applications, picked by hand; names
                          as in MicrosoftApps.csv of https://github.com/merill/microsoft-info (MIT).
                          Without it, data/well_known_apps.tsv stays as it is.

Tier 0 is read from data/tier_zero.txt. Rows whose id is no GUID are dropped, and named on standard error.
"""

import argparse
import csv
import datetime
import json
import pathlib
import re
import sys

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
GRAPH = "00000003-0000-0000-c000-000000000000"
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

PERMISSIONS_HEADER = """\
# Permissions of Microsoft APIs: all of Microsoft Graph's, and those of other APIs that CISA grades.
# Made by scripts/refresh-data.py from sources read in {date}:
#   Microsoft Graph, ids and names: https://github.com/merill/microsoft-info (MIT)
#   Microsoft Graph, levels and consent: https://github.com/microsoftgraph/microsoft-graph-devx-content (MIT)
#   risk, and other APIs: https://github.com/cisagov/ScubaGear, RiskyAppPermissions.json (CC0)
#   tier: tier_zero.txt
# Sorted by bytes, for binary search. An empty resource is Microsoft Graph; any other empty cell is not known.
# Columns, with tabs between: id, kind, resource, name, privilege_level, tier, risk, admin_consent, read_sibling,
# delegated_sibling, alternate (a second id of the permission, of another cloud or an older time).
"""

APPS_HEADER = """\
# Application ids of Microsoft's own services and clients.
# Made by scripts/refresh-data.py from a list read in {date}; names as in https://github.com/merill/microsoft-info (MIT).
# Sorted by bytes, for binary search.
# Columns, with a tab between: app_id, name.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", metavar="DIR", type=pathlib.Path, help="the directory that holds the sources")
    parser.add_argument(
        "--date",
        default=datetime.date.today().isoformat(),
        help="when the sources were read, YYYY-MM-DD or YYYY-MM (default: today)",
    )
    arguments = parser.parse_args()

    permissions = [*graph_permissions(arguments.dir), *azure_permissions()]
    grade(permissions, first_json(arguments.dir, "risky_permissions_cisa.json", "RiskyAppPermissions.json"))
    permissions = [row for row in permissions if has_guid(row)]
    mark_tier_zero(permissions)
    add_siblings(permissions)
    lines = ["\t".join(cells(row)) for row in permissions]
    write("permissions.tsv", PERMISSIONS_HEADER, arguments.date, lines)

    apps = arguments.dir / "well_known_apps.csv"
    if apps.exists():
        lines = [f"{row['app_id'].lower()}\t{row['name']}" for row in read_csv(apps)]
        write("well_known_apps.tsv", APPS_HEADER, arguments.date, lines)


# The delegated permission of Azure's own services: public ids, which none of the sources list.
AZURE_SERVICES = {
    "797f4846-ba00-4fd7-ba43-dac1f8f63013": "41094075-9dad-400e-a0bd-54e686782033",  # Azure Resource Manager
    "cfa8b339-82a2-471a-a3c9-0fc0be7a4093": "f53da476-18e3-4152-8e01-aec403e6edc0",  # Key Vault
    "e406a681-f3d4-42a8-90b6-c2b029497af1": "03e0da56-190b-40ad-a80c-ea378c433f7f",  # Storage
    "499b84ac-1321-427f-aa17-267ca6975798": "ee69721e-6c3a-468f-a9ec-302d16a4c599",  # DevOps
}


def azure_permissions():
    """`user_impersonation` of Azure's services."""
    for resource, id_ in AZURE_SERVICES.items():
        yield permission(id_, "delegated", "user_impersonation", resource=resource)


def graph_permissions(directory):
    """The rows of graph_permissions.csv, or the same made from the public files."""
    path = directory / "graph_permissions.csv"
    if not path.exists():
        yield from public_graph_permissions(directory)
        return
    for row in read_csv(path):
        found = permission(row["id"], row["type"], row["name"], row["privilege_level"], row["admin_consent"])
        found["alternate"] = "true" if row.get("id_source") == "devx-conflict" else ""
        yield found


def public_graph_permissions(directory):
    details = first_json(directory, "permissions.json")["permissions"]
    for file, kind, scheme in [
        ("GraphAppRoles.json", "application", "Application"),
        ("GraphDelegateRoles.json", "delegated", "DelegatedWork"),
    ]:
        for entry in first_json(directory, file):
            detail = details.get(entry["Value"], {}).get("schemes", {}).get(scheme, {})
            consent = detail.get("requiresAdminConsent", entry.get("Type", "Admin") == "Admin")
            level = str(detail.get("privilegeLevel", ""))
            yield permission(entry["Id"], kind, entry["Value"], level, str(consent).lower())


def permission(id_, kind, name, level="", consent="", resource=""):
    return {
        "id": id_.lower(),
        "kind": kind,
        "resource": resource,
        "name": name,
        "level": level,
        "tier": "",
        "risk": "",
        "consent": consent,
        "alternate": "",
    }


def grade(permissions, risky):
    """Sets the risk by API, kind and name, and adds the ids that only the graded list has."""
    known = {}
    for row in permissions:
        known.setdefault((row["resource"], row["kind"], row["name"]), []).append(row)
    for resource, name in risky["resources"].items():
        resource = "" if resource == GRAPH else resource.lower()
        for kind in ("application", "delegated"):
            for id_, entry in risky["permissions"].get(name, {}).get(kind.capitalize(), {}).items():
                same_name = known.setdefault((resource, kind, entry["Name"]), [])
                if all(row["id"] != id_.lower() for row in same_name):
                    twin = same_name[0] if same_name else {"level": "", "consent": ""}
                    row = permission(id_, kind, entry["Name"], twin["level"], twin["consent"], resource)
                    row["alternate"] = "true" if same_name else ""
                    same_name.append(row)
                    permissions.append(row)
                for row in same_name:
                    row["risk"] = entry["RiskLevel"].lower()


def has_guid(row):
    if GUID.fullmatch(row["id"]):
        return True
    print(f"dropped `{row['name']}` ({row['kind']}): `{row['id']}` is no GUID", file=sys.stderr)
    return False


def mark_tier_zero(permissions):
    text = (DATA / "tier_zero.txt").read_text(encoding="utf-8")
    names = {line for line in text.splitlines() if line and not line.startswith("#")}
    for row in permissions:
        if row["resource"] == "" and row["name"] in names:
            row["tier"] = "0"
    gone = names - {row["name"] for row in permissions if row["resource"] == ""}
    for name in sorted(gone):
        print(f"`{name}` of tier_zero.txt is no permission of Microsoft Graph", file=sys.stderr)


def add_siblings(permissions):
    names = {(row["resource"], row["kind"], row["name"]) for row in permissions}
    for row in permissions:
        read = read_name(row["name"])
        exists = read != row["name"] and (row["resource"], row["kind"], read) in names
        row["read"] = read if exists else ""
        if (row["resource"], "delegated", row["name"]) in names:
            row["delegated"] = "true"
        else:
            # Only Microsoft Graph's list is complete, so only there does absence say something.
            row["delegated"] = "false" if row["resource"] == "" else ""


def read_name(name):
    """`User.Read.All` for `User.ReadWrite.All`; the name itself where nothing is to be replaced."""
    parts = name.split(".")
    if len(parts) > 1:
        parts[1] = re.sub(r"^(ReadWrite|ReadUpdate|FullControl|(Write|Manage)$)", "Read", parts[1])
    return ".".join(parts)


def cells(row):
    keys = ("id", "kind", "resource", "name", "level", "tier", "risk", "consent", "read", "delegated", "alternate")
    return [row[key] for key in keys]


def first_json(directory, *names):
    for name in names:
        if (directory / name).exists():
            return json.loads((directory / name).read_text(encoding="utf-8-sig"))
    sys.exit(f"{directory} holds no {' or '.join(names)}; see --help")


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def write(name, header, date, lines):
    text = header.format(date=date) + "".join(f"{line}\n" for line in sorted(set(lines)))
    (DATA / name).write_text(text, encoding="ascii", newline="\n")
    print(f"{name}: {len(set(lines))} rows", file=sys.stderr)


if __name__ == "__main__":
    main()
