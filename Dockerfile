# A static binary in an empty image: docker run --rm -v "$PWD:/work" article-lsp check .
FROM rust:1-alpine AS build
WORKDIR /source
COPY . .
ENV CARGO_PROFILE_RELEASE_STRIP=symbols
RUN cargo build --release --locked

FROM scratch
COPY --from=build /source/target/release/article-lsp /article-lsp
WORKDIR /work
ENTRYPOINT ["/article-lsp"]
CMD ["check", "."]
