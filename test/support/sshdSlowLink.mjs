// A line to a server on which everything takes its time, in both directions. ssh's ProxyCommand: node sshdSlowLink.mjs HOST PORT MS
import { connect } from 'node:net';
import { Transform } from 'node:stream';

const [host, port, ms] = process.argv.slice(2);
const socket = connect(Number(port), host);
process.stdin.pipe(late()).pipe(socket);
socket.pipe(late()).pipe(process.stdout);
socket.on('close', () => process.exit());

/** Chunk after chunk, so that they also come apart in other places than they were written. */
function late() {
  return new Transform({
    highWaterMark: 1024,
    transform: (chunk, _encoding, done) => setTimeout(done, Number(ms), null, chunk),
  });
}
