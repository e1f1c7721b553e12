import assert from 'node:assert/strict';
import fc from 'fast-check';
import { guestFactsFromItems } from '../../../../src/domain/guestFacts';
import { parseKvpItem, parseKvpItems } from '../../../../src/domain/kvp/items';

/** As a host writes it (documentation of Msvm_KvpExchangeComponent, "Getting the virtual system DNS name"). */
const documented = `<INSTANCE CLASSNAME="Msvm_KvpExchangeDataItem">
      <PROPERTY NAME="Caption" PROPAGATED="true" TYPE="string"></PROPERTY>
      <PROPERTY NAME="Data" TYPE="string">
         <VALUE>AUTOBVT-4OVYXAB</VALUE>
      </PROPERTY>
      <PROPERTY NAME="Name" TYPE="string">
         <VALUE>FullyQualifiedDomainName</VALUE>
      </PROPERTY>
      <PROPERTY NAME="Source" TYPE="uint16">
          <VALUE>2</VALUE>
      </PROPERTY>
</INSTANCE>
`;

function item(name: string, data?: string): string {
  const escape = (text: string): string => text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
  const value = data === undefined ? '' : `<VALUE>${escape(data)}</VALUE>`;
  return `<INSTANCE CLASSNAME="Msvm_KvpExchangeDataItem"><PROPERTY NAME="Data" TYPE="string">${value}</PROPERTY><PROPERTY NAME="Name" TYPE="string"><VALUE>${escape(name)}</VALUE></PROPERTY><PROPERTY NAME="Source" TYPE="uint16"><VALUE>2</VALUE></PROPERTY></INSTANCE>`;
}

describe('data exchange items', () => {
  it('the documented item is read', () => {
    assert.deepEqual(parseKvpItem(documented), { name: 'FullyQualifiedDomainName', data: 'AUTOBVT-4OVYXAB' });
  });

  it('a value that is missing, empty or closed at once is an empty text', () => {
    assert.equal(parseKvpItem(item('OSName'))?.data, '');
    assert.equal(parseKvpItem(item('OSName', ''))?.data, '');
    assert.equal(
      parseKvpItem(
        item('OSName').replace(
          '<PROPERTY NAME="Data" TYPE="string"></PROPERTY>',
          '<PROPERTY NAME="Data" TYPE="string"/>',
        ),
      )?.data,
      '',
    );
    assert.equal(
      parseKvpItem(item('OSName').replace('"string"></PROPERTY>', '"string"><VALUE/></PROPERTY>'))?.data,
      '',
    );
  });

  it('entities become characters, unknown ones stay as they are', () => {
    const xml = item('Name').replace(
      '"string"></PROPERTY>',
      '"string"><VALUE>&lt;b&gt; &amp;amp; &#233;&#x1D11E; &nope; &#x110000;</VALUE></PROPERTY>',
    );
    assert.equal(parseKvpItem(xml)?.data, '<b> &amp; é𝄞 &nope; &#x110000;');
  });

  it('any text of a guest arrives unchanged', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), fc.string({ unit: 'binary' }), (name, data) => {
        assert.deepEqual(parseKvpItem(item(name, data)), { name, data });
      }),
    );
  });

  it('what is not an item is refused, whatever it is', () => {
    for (const bad of [
      '',
      'plain text',
      '<INSTANCE>',
      '<INSTANCE CLASSNAME="X"></INSTANCE>',
      item('').replace('<VALUE></VALUE>', ''),
      `${item('OSName', 'x')}<script>`,
      item('OSName', 'x').replace('</VALUE>', ''),
      item('OSName', 'x').replace('<VALUE>', '<VALUE><![CDATA['),
      '<!DOCTYPE a [<!ENTITY b "c">]>' + item('OSName', 'x'),
      item('OSName', 'x'.repeat(140_000)),
    ]) {
      assert.equal(parseKvpItem(bad), undefined, bad.slice(0, 80));
    }
  });

  it('no input makes it throw or hang', () => {
    fc.assert(
      fc.property(fc.nat(documented.length), fc.string(), fc.nat(documented.length), (at, noise, length) => {
        parseKvpItem(documented.slice(0, at) + noise + documented.slice(at + length));
      }),
    );
  });

  it('one bad item does not spoil the others, and of two with one name the last wins', () => {
    const pairs = parseKvpItems([item('A', '1'), '<broken', 7, null, item('B', '2'), item('A', '3')]);
    assert.deepEqual(
      [...pairs],
      [
        ['A', '3'],
        ['B', '2'],
      ],
    );
  });
});

describe('what a guest says of itself', () => {
  it('the shown facts are picked, addresses split, local ones last', () => {
    const facts = guestFactsFromItems([
      item('OSName', 'Ubuntu'),
      item('OSVersion', '6.8.0-45-generic'),
      item('NetworkAddressIPv4', '127.0.0.1;169.254.3.4;10.0.0.5;;192.168.1.2'),
      item('NetworkAddressIPv6', 'fe80::1;2001:db8::1'),
      item('OSPlatformId', '129'),
    ]);
    assert.deepEqual(facts, {
      osName: 'Ubuntu',
      osVersion: '6.8.0-45-generic',
      fullyQualifiedDomainName: null,
      addresses: ['10.0.0.5', '192.168.1.2', '2001:db8::1', '127.0.0.1', '169.254.3.4', 'fe80::1'],
      integrationServicesVersion: null,
    });
  });

  it('an empty value is a fact the guest does not know', () => {
    assert.equal(guestFactsFromItems([item('OSName', ' ')]).osName, null);
  });
});
