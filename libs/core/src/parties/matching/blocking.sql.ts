/** Letters that do not come apart into a plain one and a mark, as the domain's `fold` has them. */
const APART = [
  ['ß', 'ss'],
  ['ẞ', 'ss'],
  ['æ', 'ae'],
  ['Æ', 'ae'],
  ['œ', 'oe'],
  ['Œ', 'oe'],
] as const;

/** What stands between words: signs, but for the hyphen. No class of letters is asked for, since it would depend on the server's locale. */
const SEPARATORS = '[\\u0001-\\u002c\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f]';

/**
 * A name as it is looked for, as the domain's `fold` makes it: small letters, without accents, points and apostrophes.
 * Hyphens stay; any other sign stands between words.
 */
export const folded = (text: string): string => {
  const plain = `regexp_replace(normalize(${text}, nfkd), '[\\u0300-\\u036f\\u0027\\u2019\\u0060\\u00b4.]', '', 'g')`;
  const apart = APART.reduce((inner, [letter, letters]) => `replace(${inner}, '${letter}', '${letters}')`, plain);
  return `lower(regexp_replace(translate(${apart}, 'øØłŁđĐı', 'oOlLdDi'), '${SEPARATORS}', ' ', 'g'))`;
};

const wordsIn = (text: string): string => `regexp_split_to_array(${text}, '[^[:alnum:]]+')`;

/**
 * Pairs of parties of the jurisdiction $1 that have a key in common and are therefore compared: an identity number; a date of
 * birth and an initial; a telephone; a house, by postal code and number, and an initial; or all words of the name, whatever
 * their order ($2 are words that say nothing of a business). Keys are hashed: two that meet by accident cost a comparison. A
 * key that more than $3 parties share says nothing of any of them. No more than $4 pairs.
 */
export const PAIRS = `
  with member as materialized (
    select coalesce(merged_into, id) as one, id, kind, surname, first_name, telephone, address, has_more
    from cases.party where jurisdiction_id = $1),
  name as materialized (
    select one, id, kind, ${folded('surname')} as surname, ${folded("coalesce(first_name, '')")} as first_name
    from (select one, id, kind, surname, first_name from member
          union all
          select m.one, m.id, m.kind, n.surname, n.first_name
          from member m join cases.party_name n on n.party_id = m.id where m.has_more) all_names),
  initial as materialized (
    select distinct one, id, kind, letter
    from name, unnest(array[left(surname, 1), left(first_name, 1)]) as letter where letter <> ''),
  place as (
    select one, id, address from member where address is not null
    union all
    select m.one, m.id, a.address from member m join cases.party_address a on a.party_id = m.id where m.has_more),
  key as (
    select m.one, m.kind, hashtextextended(i.kind || ' ' || encode(i.blind_index, 'hex'), 0) as key
    from member m join cases.party_identifier i on i.party_id = m.id where i.kind <> 'date-of-birth'
    union
    select l.one, l.kind, hashtextextended('born ' || encode(i.blind_index, 'hex') || l.letter, 0)
    from initial l join cases.party_identifier i on i.party_id = l.id where i.kind = 'date-of-birth'
    union
    select one, kind, hashtextextended('telephone ' || telephone, 0) from member where telephone is not null
    union
    select m.one, m.kind, hashtextextended('telephone ' || c.value, 0)
    from member m join cases.party_contact_point c on c.party_id = m.id where m.has_more and c.kind = 'telephone'
    union
    select l.one, l.kind, hashtextextended('house ' || left(replace(upper(p.address->>'postalCode'), ' ', ''), 5)
             || coalesce(substring(p.address->>'line1' from '[0-9]+'), p.address->>'line1') || l.letter, 0)
    from initial l join place p on p.id = l.id
    union
    select one, kind, hashtextextended('name ' || (
             select coalesce(string_agg(word, ' ' order by word), '')
             from unnest(${wordsIn(`surname || ' ' || first_name`)}) as word
             where word <> '' and (kind = 'person' or word <> all($2))), 0)
    from name),
  block as (
    select array_agg(one) as ones from key group by kind, key having count(*) between 2 and $3)
  select distinct least(a.one, b.one) as left_id, greatest(a.one, b.one) as right_id
  from block, unnest(ones) with ordinality as a (one, place), unnest(ones) with ordinality as b (one, place)
  where a.place < b.place order by 1, 2 limit $4`;

/**
 * Parties that may be the same as one, by the same facts, where $2 is all that stand for it: what comes from an index first,
 * and one reading of the jurisdiction's parties for the rest. No more than $3.
 */
export const CANDIDATES = `
  with mine as materialized (select * from cases.party where id = any($2)),
  my_name as (
    select surname, first_name from mine
    union select n.surname, n.first_name from cases.party_name n where n.party_id = any($2)),
  my_word as materialized (
    select distinct word from my_name, unnest(${wordsIn(folded(`surname || ' ' || coalesce(first_name, '')`))}) as word
    where word <> ''),
  my_beginning as materialized (
    select array(select distinct left(word, 3) from my_word) as three, array(select distinct left(word, 1) from my_word) as one),
  my_telephone as materialized (
    select telephone from mine where telephone is not null
    union select value from cases.party_contact_point where party_id = any($2) and kind = 'telephone'),
  my_code as materialized (
    select address->>'postalCode' as code from mine where address is not null
    union select address->>'postalCode' from cases.party_address where party_id = any($2)),
  found as (
    select o.party_id as id from cases.party_identifier i
    join cases.party_identifier o on o.blind_index = i.blind_index and o.kind = i.kind where i.party_id = any($2)
    union
    select p.id from cases.party p, my_beginning b
    where p.jurisdiction_id = $1
      and (p.telephone in (select telephone from my_telephone)
           or ((p.address->>'postalCode' in (select code from my_code)
                or left(lower(normalize(p.surname, nfkd)), 3) = any(b.three))
               and (left(lower(normalize(p.surname, nfkd)), 1) = any(b.one)
                    and (p.first_name is null or left(lower(normalize(p.first_name, nfkd)), 1) = any(b.one)))))
    union
    select n.party_id from cases.party_name n, my_beginning b
    where left(lower(normalize(n.surname, nfkd)), 3) = any(b.three)
    union
    select c.party_id from cases.party_contact_point c where c.value in (select telephone from my_telephone)
    union
    select a.party_id from cases.party_address a where a.address->>'postalCode' in (select code from my_code))
  select distinct coalesce(p.merged_into, p.id) as id
  from found f join cases.party p on p.id = f.id
  where p.jurisdiction_id = $1 and p.id <> all($2) and p.kind = (select kind from mine limit 1)
  order by 1 limit $3`;
