module readers

go 1.25.0
