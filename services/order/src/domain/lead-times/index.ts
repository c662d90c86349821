export { type Lane, type Level } from './lane';
export { learnedLeadTimes } from './learned';
export { lookupTable } from './lookup';
export { type LeadTimeMethod, type LeadTimeModel, type LeadTimeQuote, type LeadTimeSource } from './method';
