# The orchestrator in a container: docs/container.md.

# Debian, or what is made from it, with the Deno of .dvmrc in its PATH.
ARG BASE=denoland/deno:debian-2.9.6
FROM ${BASE}

# What evaluations take is looked up by ps; all else that steps start is in Debian's base.
RUN command -v ps >/dev/null || { \
  apt-get update && apt-get install -y --no-install-recommends procps && rm -rf /var/lib/apt/lists/*; \
}

WORKDIR /evolve
COPY . .
ENV DENO_DIR=/var/cache/deno HOME=/tmp

# What is written: runs, and the signing key, which is in workspace/.
RUN mkdir -p /data/runs /data/workspace && ln -s /data/runs /data/workspace .

# A small run fills Deno's cache with the steps as they are started from then on, and shows that they work.
RUN test "$(deno eval -q 'console.log(Deno.version.deno)')" = "$(cat .dvmrc)" \
  && deno install -q --frozen \
  && bin/evolve start --quiet --run warm --count 4 --cycles 1 \
  && bin/evolve metrics --run warm >/dev/null \
  && rm -rf /data/* "$DENO_DIR/npm" \
  && mkdir /metrics /key \
  && chown 10001:10001 /data /metrics /key

USER 10001:10001
VOLUME /data
ENTRYPOINT ["/evolve/ops/container/entry"]
CMD ["start", "--run", "main", "--cycles", "1000000000"]
HEALTHCHECK --interval=1m --timeout=10s --start-period=2m --retries=3 CMD ["/evolve/ops/container/health"]
