export default async () => {
  await globalThis.cartagePostgres?.stop();
};
