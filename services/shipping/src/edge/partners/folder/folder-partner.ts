import type { PartnerMessage } from '@cartage/contracts';
import { folderMail, type FolderOptions } from '@cartage/service-kit';
import type { PartnerAccount, PartnerAdapter } from '../../../app/partners/partner';
import { partnerRows } from './rows-in';
import { csvOf } from './rows-out';

const filesOf = (message: PartnerMessage) => {
  const name = `${message.messageId}.${message.type.replace('fulfilment.', '')}`;
  const labelFile = `${name}.pdf`;
  const label = message.label ? [{ name: labelFile, content: Buffer.from(message.label.pdf, 'base64') }] : [];
  return [...label, { name: `${name}.csv`, content: csvOf(message, labelFile) }];
};

/** A partner whose old system reads and writes CSV files. */
export const folderPartner =
  (options: FolderOptions) =>
  ({ partner }: PartnerAccount): PartnerAdapter => {
    const mail = folderMail(options, partnerRows, partner);
    return {
      answersAtOnce: false,
      tell: async (message) => {
        await mail.put(filesOf(message));
        return { notices: [] };
      },
      left: () => mail.left(),
    };
  };
