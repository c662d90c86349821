import type { Sealed } from '@cartage/contracts';
import type { Vault } from '../service';
import { seal, unseal } from './box';
import type { DataKeys } from './data-keys';

/** Personal data in boxes that only the person's data key opens. */
export const vaultOn = (keys: DataKeys): Vault => ({
  seal: async (person, content): Promise<Sealed> => {
    const { name, key } = await keys.of(person);
    return { key: name, box: seal(key, name, Buffer.from(JSON.stringify(content))).toString('base64') };
  },

  open: async <Content extends object>({ key: name, box }: Sealed): Promise<Content | undefined> => {
    const found = await keys.named(name);
    return found && (JSON.parse(unseal(found.key, name, Buffer.from(box, 'base64')).toString()) as Content);
  },
});
