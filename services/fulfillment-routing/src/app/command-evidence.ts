import { fold, Refused } from '@cartage/eventsourcing';
import type { BrokeringCommand } from '../domain/commands';
import type { Evidence } from '../domain/deciding';
import type { BrokeringEvent } from '../domain/events';
import { orderBrokering } from '../domain/order-brokering';
import type { Brokering } from '../domain/state';

/** As it would be decided now. What is refused, or early, is refused again when it is sent. */
export const decidedNow = (command: BrokeringCommand, state: Brokering): readonly BrokeringEvent[] => {
  try {
    return orderBrokering.decide(command, state ?? fold(orderBrokering, []));
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
};

/** All that a command knows. */
export const evidenceIn = (command: BrokeringCommand): readonly Evidence[] => {
  const found: Evidence[] = [];
  withEvidence(command, (evidence) => {
    found.push(evidence);
    return evidence;
  });
  return found;
};

type Change = (evidence: Evidence) => Evidence;
const ofEach = (all: ReadonlyMap<string, Evidence>, change: Change): ReadonlyMap<string, Evidence> =>
  new Map([...all].map(([id, evidence]) => [id, change(evidence)]));

/** The command with what it knows changed. */
export const withEvidence = (command: BrokeringCommand, change: Change): BrokeringCommand =>
  withGroups(withFulfillment(command, change), change);

/** Of each ship group. */
const withGroups = (command: BrokeringCommand, change: Change): BrokeringCommand => {
  switch (command.type) {
    case 'BrokerOrder': {
      const groups = command.data.groups.map((group) => ({ ...group, evidence: change(group.evidence) }));
      return { ...command, data: { ...command.data, groups } };
    }
    case 'BrokerAgain':
      return { ...command, data: { evidence: ofEach(command.data.evidence, change) } };
    case 'BrokerOnNewDay':
      return { ...command, data: { evidence: ofEach(command.data.evidence, change) } };
    case 'HearHoldReleased':
      return { ...command, data: { ...command.data, evidence: ofEach(command.data.evidence, change) } };
    case 'HearStock':
      return { ...command, data: { ...command.data, evidence: ofEach(command.data.evidence, change) } };
    case 'HearRelease':
      return { ...command, data: { ...command.data, evidence: ofEach(command.data.evidence, change) } };
    case 'HearReservation':
      return { ...command, data: { evidence: ofEach(command.data.evidence, change) } };
    default:
      return command;
  }
};

/** For the lines of one fulfilment. */
const withFulfillment = (command: BrokeringCommand, change: Change): BrokeringCommand => {
  switch (command.type) {
    case 'HearAllocationRefusal':
      return { ...command, data: { ...command.data, evidence: change(command.data.evidence) } };
    case 'HearShortPick':
      return { ...command, data: { ...command.data, evidence: change(command.data.evidence) } };
    case 'HearShipmentCancellation': {
      const { evidence, another } = command.data;
      return { ...command, data: { ...command.data, evidence: change(evidence), another: change(another) } };
    }
    default:
      return command;
  }
};
