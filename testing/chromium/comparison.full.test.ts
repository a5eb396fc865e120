import { compared, compareWithChromium } from './comparison.ts';

compareWithChromium(compared);
