# METADATA
# title: Labels
# description: How a finding names an element.
package zerotrust.lib.label

# METADATA
# description: The first of some texts that is there (neither null nor empty), `unnamed` where none is.
first_of(texts) := labels[0] if {
	labels := [text |
		some text in array.concat(texts, ["unnamed"])
		not text in {null, ""}
	]
}
