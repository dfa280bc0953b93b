# The program alone, as a user without rights, in an image without a shell:
#
#   docker build -t ztvet .
#   docker run --rm -v "$PWD:/repository:ro" ztvet check apps/
#
# GitLab runs scripts in the image and needs a shell: --build-arg BASE=gcr.io/distroless/cc-debian12:debug-nonroot
ARG BASE=gcr.io/distroless/cc-debian12:nonroot

FROM rust:1.95-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo build --release --locked --bin ztvet

FROM ${BASE}
COPY --from=build /source/target/release/ztvet /usr/local/bin/ztvet
WORKDIR /repository
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/ztvet"]
CMD ["--help"]
