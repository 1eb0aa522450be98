import { z } from 'zod'

/**
 * What two screens tell each other over their connection's own data channel. The owner's word counts: a remote track never says that it
 * is off.
 */
export const ControlMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('sending'), cameraOn: z.boolean(), talking: z.boolean(), sharing: z.boolean() }),
  /** A host's screen to a member's: whether it takes the picture. */
  z.object({ type: z.literal('taking'), camera: z.boolean() }),
])
export type ControlMessage = z.infer<typeof ControlMessage>
