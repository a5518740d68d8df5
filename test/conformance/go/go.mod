module conformance

go 1.25.0
