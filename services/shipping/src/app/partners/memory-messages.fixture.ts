import type { MessageOutbox, PlannedMessage } from './partner-message';

/** As much of the outbox as planning needs, in memory. */
export const memoryMessages = () => {
  const planned: PlannedMessage[] = [];
  const overdueIds: string[] = [];
  const plan: MessageOutbox['plan'] = async (message) => {
    if (!planned.some(({ messageId }) => messageId === message.messageId)) planned.push(message);
  };
  const overdue: MessageOutbox['overdue'] = async (messageId) => void overdueIds.push(messageId);
  const answered: MessageOutbox['answered'] = async () => undefined;
  return { planned, overdueIds, plan, overdue, answered };
};
