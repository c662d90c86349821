import type { People, Vault } from '@cartage/service-kit';

/** Boxes that anybody can open: what personal data are worth protecting from is not simulated. The same content gives the same box. */
export const simulatedVault: Vault = {
  seal: async (person, content) => ({ key: person, box: Buffer.from(JSON.stringify(content)).toString('base64') }),
  open: async <Content extends object>({ box }: { readonly box: string }) => JSON.parse(Buffer.from(box, 'base64').toString()) as Content,
};

export const simulatedPeople: People = {
  hashOf: async (kind, value) => Buffer.from(`${kind}/${value}`).toString('base64url'),
  erased: async () => new Set(),
  keysOf: async (people) => people,
  forget: async () => 0,
};
