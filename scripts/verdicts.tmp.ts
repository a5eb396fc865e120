import { playedScenario, upToStep } from '../testing/playedScenario.ts';
import { read } from '../scenarios/engine/read.ts';
import { verdict } from '../scenarios/engine/whoIsWhoText.ts';
import { scenarios } from '../scenarios/index.ts';
const only = process.argv.slice(2);
for (const s of scenarios) {
  if (only.length && !only.includes(s.slug)) continue;
  try {
    const [v, p] = [await playedScenario(s.slug, 'vulnerable'), await playedScenario(s.slug, 'protected')];
    console.log(`\n# ${s.slug}`);
    for (let n = 1; n <= s.steps.length; n++) {
      const a = verdict(read(upToStep(v, n))), b = verdict(read(upToStep(p, n)));
      const t = (x: any) => x.parts.map((q: any) => `[${q.tone[0]}] ${q.text}`).join(' ');
      const st: any = s.steps[n - 1];
      console.log(`${n}. ${st.title}${st.ask ? ` ? ${st.ask.question} ${JSON.stringify(st.ask.vulnerable)}/${JSON.stringify(st.ask.protected)}` : ''}`);
      console.log(`   V ${t(a)}`); if (t(a) !== t(b)) console.log(`   P ${t(b)}`);
    }
  } catch (e) { console.log(s.slug, String(e).slice(0, 200)); }
}
process.exit(0);
