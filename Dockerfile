# One static program and the guide that it ships with, in an image that holds nothing else.
#
#   docker build -t career-guide .
#   docker buildx build --platform linux/amd64,linux/arm64 -t REGISTRY/career-guide --push .
#
# Bases are named by exact version, and no other frontend is asked for, so that what built once
# builds again, also where there is no internet.

# Runs on the machine that builds, whatever it builds for: compilers are slow when emulated.
FROM --platform=$BUILDPLATFORM rust:1.95.0-slim-bookworm AS build
SHELL ["/bin/sh", "-euc"]
WORKDIR /src

ARG TARGETARCH
ENV CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER=x86_64-linux-gnu-gcc \
    CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc \
    RUSTFLAGS="-C target-feature=+crt-static"
# hadolint ignore=DL3008
RUN here=$(dpkg --print-architecture); \
    case "${TARGETARCH:=$here}" in \
    amd64) processor=x86_64 gcc=gcc-x86-64-linux-gnu ;; \
    arm64) processor=aarch64 gcc=gcc-aarch64-linux-gnu ;; \
    *) echo "no image is made for $TARGETARCH" >&2; exit 1 ;; \
    esac; \
    echo "$processor-unknown-linux-gnu" >/target; \
    if [ "$TARGETARCH" != "$here" ]; then \
        apt-get update; \
        apt-get install -y --no-install-recommends "$gcc" "libc6-dev-$TARGETARCH-cross"; \
        rm -rf /var/lib/apt/lists/*; \
        rustup target add "$(cat /target)"; \
    fi

# The dependencies first, with an empty program: this layer holds until Cargo.lock changes.
COPY Cargo.toml Cargo.lock build.rs ./
# What is measured and tried is no part of the image, and Cargo would miss it.
RUN sed -i '/^\[\[\(bench\|example\|test\)\]\]/,/^$/d' Cargo.toml; \
    mkdir src; \
    echo 'fn main() {}' >src/main.rs; \
    touch src/lib.rs; \
    cargo build --profile dist --locked --target "$(cat /target)"

COPY content content
COPY static static
COPY templates templates
COPY src src
# Cargo goes by the time of a file, and the empty program is younger than the real one.
RUN touch src/main.rs src/lib.rs; \
    cargo build --profile dist --locked --target "$(cat /target)"; \
    mv "target/$(cat /target)/dist/career-guide" /career-guide

FROM scratch
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Career guide" \
      org.opencontainers.image.description="A career guide with honest pay figures: Markdown and TOML in, one fast web site out" \
      org.opencontainers.image.licenses="MIT AND CC-BY-4.0 AND OFL-1.1" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=build /career-guide /career-guide
COPY LICENSE /LICENSE
COPY src/fonts/LICENSE /LICENSE.fonts
# A folder mounted here takes the place of the guide that comes with the program.
COPY content /content
ENV CAREER_GUIDE_LISTEN=0.0.0.0:3000 \
    CAREER_GUIDE_CONTENT=/content
# Nobody's: a number, since this image knows no names.
USER 65532:65532
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s --retries=3 \
    CMD ["/career-guide", "healthcheck"]
ENTRYPOINT ["/career-guide"]
CMD ["serve"]
