# METADATA
# title: Packages
# description: Looks packages up in tables by ecosystem and name.
package zerotrust.lib.packages

# METADATA
# description: What a table says of a package. Undefined where it says nothing.
entry(table, dependency) := table[_registry(dependency.ecosystem)][dependency.normalized_name]

# Gradle takes its packages from Maven's registries.
_registry(ecosystem) := "maven" if ecosystem == "gradle"

_registry(ecosystem) := ecosystem if ecosystem != "gradle"

# METADATA
# description: When the support of a package ended, for a sentence.
ended(entry) := "is deprecated" if entry.ended == ""

ended(entry) := sprintf("is without support since %s", [entry.ended]) if entry.ended != ""

# METADATA
# description: Whether the project itself asks for the package, not a package that it asks for.
direct(dependency) if dependency.scope != "indirect"
