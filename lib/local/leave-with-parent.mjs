// Loaded by `--import` into a child that must not outlive us: when we are gone, even by kill -9, the channel between us closes, and it goes
// too. Its own children inherit the argument and are its own affair.
if (process.env.PULSEROOM_PARENT === String(process.ppid)) {
  process.once('disconnect', () => process.exit(0))
  process.channel?.unref() // a child that has finished its work does not wait for us
}
