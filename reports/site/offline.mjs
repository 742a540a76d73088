// Preloaded into the site's build: Framework fetches what is missing from its cache, and this build has no network.
globalThis.fetch = async (request) => {
  const url = request?.url ?? request;
  throw new Error(
    `the report is built without a network, but asked for ${url}: add the package to reports/site/vendor.ts, or drop it from the page`,
  );
};
