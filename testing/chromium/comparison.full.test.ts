import { compared } from './compared.ts';
import { compareWithChromium } from './comparison.ts';

compareWithChromium(compared);
