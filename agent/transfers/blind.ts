import type { Transfer } from '../transfer.ts';

/** Sends her to the desk and hears from her telephone what came of it (RFC 5589 6): she waits as long as that lets it ring. */
const blind: Transfer = async ({ line, address, post }) => {
  const context = await post();
  const { accepted } = await line.transfer(address, context);
  return accepted;
};

export default blind;
