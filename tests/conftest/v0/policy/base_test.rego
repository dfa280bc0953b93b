package main

test_plain_http_is_denied {
	deny["Shop: redirect over plain HTTP: http://a"] with input as {"displayName": "Shop", "web": {"redirectUris": ["http://a"]}}
}
