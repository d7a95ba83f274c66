import { type Administration, administration } from './people/administration.ts';
import { type Commands, commands } from './people/commands.ts';
import { type Components, components } from './people/components.ts';
import { type Messages, messages } from './people/messages.ts';
import { type Modals, modals } from './people/modals.ts';
import { type Moderation, moderation } from './people/moderation.ts';
import { type Threads, threads } from './people/threads.ts';
import type { Scene } from './scene.ts';
import type { World } from './world.ts';

/** What people can do in Discord's client. What the client would not let them do throws an Error. */
export interface People extends Commands, Components, Modals, Messages, Threads, Moderation, Administration {}

export function people(world: World, scene: Scene): People {
  return {
    ...commands(world, scene),
    ...components(world, scene),
    ...modals(world),
    ...messages(world, scene),
    ...threads(world, scene),
    ...moderation(world, scene),
    ...administration(world, scene),
  };
}
