module knative-certs.dev/e2e/dialer

go 1.26.0
