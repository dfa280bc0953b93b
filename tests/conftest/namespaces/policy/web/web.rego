package web

deny contains "web" if input.web
