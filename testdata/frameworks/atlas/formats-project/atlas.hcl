variable "where" {
  type    = string
  default = "computed"
}

# Each env has a layout of its own. "migration {" in a comment is none.
env "own" {
  url = getenv("DATABASE_URL")
  migration {
    dir = "file://own"
  }
}

env "pairs" {
  migration {
    dir    = "file://up-and-down" // in pairs
    format = golang-migrate
    exclude = ["public.*{"]
  }
}

env "flown" {
  migration {
    dir = "file://flown?format=flyway"
  }
}

env "computed" {
  migration { dir = "file://${var.where}" }
}
