import { describe } from 'vitest';
import { aboutHashes, testScenarios } from '../../testing/everyScenario.ts';

describe('mock', () => testScenarios('mock', aboutHashes));
describe('real', () => testScenarios('real', aboutHashes));
