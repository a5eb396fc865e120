/** From source, a thread starts without the TypeScript loader of the process. Plain JavaScript, so that it can be imported without one. */
import { register } from 'tsx/esm/api';

register();
const { default: playThere } = await import('./playThere.ts');

export default playThere;
