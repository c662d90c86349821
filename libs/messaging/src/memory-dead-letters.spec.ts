import { deadLettersContract } from './dead-letters.contract';
import { MemoryDeadLetters } from './memory-dead-letters';

deadLettersContract('in memory', (clock) => new MemoryDeadLetters(clock));
