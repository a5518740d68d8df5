module generate

go 1.23
