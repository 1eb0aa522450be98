// Loaded into a child by `--import`: when the parent is gone, even by kill -9, the channel between them closes, and the child goes too.
process.once('disconnect', () => process.exit(0))
process.channel?.unref() // a child that has finished its work need not wait for its parent
