import 'reflect-metadata';
import { start } from './run';
import { tallyService } from './tally.sample';

void start(tallyService);
