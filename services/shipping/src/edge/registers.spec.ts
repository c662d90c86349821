import { memoryRegisters } from '../app/memory-registers';
import { registersContract } from './registers.contract';

registersContract('memory', memoryRegisters);
