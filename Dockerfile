# Two images: `plain` is the program alone, for standard input and mounted files; `git` has git and a
# shell besides, for --since, --staged and jobs of GitLab.
#
#   docker build --target plain -t lockstep .
#   docker build --target git -t lockstep:git .
FROM debian:12-slim AS build
WORKDIR /build
COPY . .
RUN ./dev build && strip build/release/lockstep

FROM scratch AS plain
COPY --from=build /build/build/release/lockstep /bin/lockstep
WORKDIR /src
ENTRYPOINT ["/bin/lockstep"]

# The checkout that is mounted belongs to another user than the container's, so that git would not
# read it.
FROM debian:12-slim AS git
RUN apt-get update && apt-get install --no-install-recommends --yes git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system safe.directory '*'
COPY --from=build /build/build/release/lockstep /usr/bin/lockstep
WORKDIR /src
ENTRYPOINT ["/usr/bin/lockstep"]
