/** Names for participants, so that nobody has to give their own. */
import { randomInt } from 'node:crypto';

/** About how one is today, never about a body, an age, an origin or a color. */
const adjectives = `
  active agile alert artful attentive awake balanced brave bright brisk calm candid careful cheerful clever constant
  cordial cozy creative curious daring dreamy eager early earnest eloquent festive focused friendly gentle genuine
  gracious grateful happy helpful honest hopeful inventive joyful kind lively loyal lucky mellow mindful modest neat
  nimble patient peaceful pensive playful pleasant polite precise prompt quick quiet relaxed sensible serene silent
  sincere steady swift tactful thankful thorough tidy trusty upbeat vivid warm watchful witty
`;

/** None that mocks a body, that we know as an insult or as a first name, or that people fear. */
const animals = `
  alpaca antelope armadillo badger bison bumblebee butterfly caribou chinchilla chipmunk cormorant cricket curlew
  dolphin dormouse dragonfly eagle egret elk falcon firefly flamingo gazelle gecko giraffe grasshopper guppy hamster
  hedgehog heron hummingbird ibex ibis iguana impala kangaroo kingfisher kiwi koala ladybird lapwing lemur lobster lynx
  magpie marmot meerkat minnow mongoose moose narwhal nightingale ocelot octopus okapi oriole osprey otter panda pelican
  penguin platypus plover puffin quokka rabbit reindeer salamander sandpiper seahorse seal sparrow squirrel starfish
  starling stork sunbird swan tapir tortoise toucan turtle wallaby wombat woodpecker zebra
`;

const wordsOf = (text: string) => text.trim().split(/\s+/);

/** Every handle, such as "quiet otter". */
export const handles: readonly string[] = wordsOf(adjectives).flatMap((adjective) =>
  wordsOf(animals).map((animal) => `${adjective} ${animal}`),
);

/** Returns a random handle that is not taken. A room with more people than handles gets "quiet otter 2". */
export function newHandle(taken: ReadonlySet<string>): string {
  for (let round = 1; ; round += 1) {
    const named = round === 1 ? handles : handles.map((handle) => `${handle} ${round}`);
    const free = named.filter((handle) => !taken.has(handle));
    if (free.length > 0) return free[randomInt(free.length)]!;
  }
}
