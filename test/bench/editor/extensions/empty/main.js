// The floor of every activation: an extension that does nothing.
module.exports = { activate: () => undefined };
