package zerotrust.assume_breach.redirect_uri_on_service_principal_test

import data.zerotrust.assume_breach.redirect_uri_on_service_principal as rule
import data.zerotrust.testing.service_principal as principals

inputs := {
	"equal": principals.service_principal({
		"reply_urls": [{"uri": "https://shop.contoso.com/auth", "at": "/value/0/replyUrls/0"}],
		"registration": principals.registration({"redirect_uris": ["https://shop.contoso.com/auth"]}),
	}),
	"more": principals.service_principal({
		"reply_urls": [
			{"uri": "https://shop.contoso.com/auth", "at": "/value/0/replyUrls/0"},
			{"uri": "https://old.contoso.com/auth", "at": "/value/0/replyUrls/1"},
		],
		"registration": principals.registration({"redirect_uris": ["https://shop.contoso.com/auth"]}),
	}),
	"fewer": principals.service_principal({
		"reply_urls": [],
		"registration": principals.registration({"redirect_uris": ["https://shop.contoso.com/auth"]}),
	}),
	"foreign": principals.foreign({"reply_urls": [{
		"uri": "https://shop.contoso.com/auth",
		"at": "/value/0/replyUrls/0",
	}]}),
}

test_reports_more if {
	expected := {{"at": "/value/0/replyUrls/1", "uri": "https://old.contoso.com/auth"}}
	rule.deny == expected with input as inputs.more
}

test_allows_equal if {
	rule.deny == set() with input as inputs.equal
}

test_allows_fewer if {
	rule.deny == set() with input as inputs.fewer
}

test_leaves_foreign_alone if {
	rule.deny == set() with input as inputs.foreign
}
