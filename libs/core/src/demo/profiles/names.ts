/** Given names of invented people in North America. */
export const NORTH_AMERICAN_FIRST_NAMES = list(
  'Aaliyah, Alan, Amara, Andre, Beatriz, Brandon, Carla, Cedric, Dana, Darnell, Deborah, Diego, Elena, Eric, ' +
    'Fatima, Gabriel, Gloria, Hana, Hector, Ingrid, Isaac, Jamal, Janelle, Jorge, Karen, Kenji, Latoya, Linh, ' +
    'Lucia, Marcus, Mei, Miguel, Nadia, Norman, Olivia, Oscar, Patrice, Pedro, Quentin, Rafael, Rosa, Samir, ' +
    'Shauna, Stephen, Tamika, Teresa, Tobias, Valerie, Victor, Wanda, Xavier, Yolanda',
);

export const CALIFORNIAN_SURNAMES = list(
  'Abernathy, Alvarado, Banerjee, Bellweather, Castellano, Chaudhry, Delacroix, Dunleavy, Eastwick, Fukuda, ' +
    'Garrison, Hakimi, Hollis, Ishikawa, Jefferson, Kapoor, Lindqvist, Mbeki, Navarro, Nguyen, Okonkwo, ' +
    'Pemberton, Quintero, Rosenthal, Sandoval, Takahashi, Underhill, Valdez, Whitcomb, Xiong, Yamamoto, Zepeda',
);

export const NEW_MEXICAN_SURNAMES = list(
  'Aguirre, Apodaca, Baca, Begay, Benavidez, Carrillo, Chavez, Dominguez, Encinias, Fierro, Gallegos, ' +
    'Hawthorne, Ibarra, Jaramillo, Kessler, Lucero, Lujan, Maestas, Montoya, Nakai, Ortega, Padilla, Quintana, ' +
    'Rael, Saavedra, Salazar, Tafoya, Trujillo, Ulibarri, Vigil, Whitaker, Zamora',
);

export const ILLINOISAN_SURNAMES = list(
  'Adeyemi, Bartkowski, Brennan, Calloway, Czarnecki, Dombrowski, Ellison, Espinoza, Fitzgerald, Gutierrez, ' +
    "Hargrove, Ivanov, Jankowski, Kowalczyk, Lattimore, Malinowski, McKenna, Nowakowski, O'Malley, Petrovic, " +
    'Quigley, Rutkowski, Santiago, Szymanski, Tillman, Urbanski, Villarreal, Washington, Wojcik, Yusuf, ' +
    'Zielinski',
);

export const NEWFOUNDLAND_SURNAMES = list(
  'Antle, Barbour, Bursey, Chafe, Coombs, Dawe, Drodge, Efford, Fizzard, Gosse, Hynes, Ivany, Janes, Keeping, ' +
    "Lundrigan, Mercer, Noseworthy, O'Driscoll, Penney, Pottle, Quinton, Rideout, Sheppard, Snook, Tizzard, " +
    'Vokey, Walsh, Whalen, Yetman',
);

export const LONDON_SURNAMES = list(
  'Adebayo, Ashworth, Bhatt, Blackwood, Choudhury, Cartwright, Dhillon, Eastham, Fernandes, Gill, Haddad, ' +
    'Hargreaves, Iqbal, Jarvis, Kaur, Lowe, Mahmood, Nowak, Osei, Pascoe, Quaye, Rahman, Siddiqui, Thackeray, ' +
    'Uddin, Vaughan, Whitfield, Yilmaz',
);

export const LONDON_FIRST_NAMES = list(
  'Abdul, Agnieszka, Alistair, Amrit, Beryl, Callum, Chidi, Derek, Doreen, Edith, Farah, Gareth, Gurpreet, ' +
    'Harold, Imran, Irene, Jasmine, Kofi, Leanne, Maureen, Nadeem, Nigel, Olu, Patricia, Priya, Reginald, Ruth, ' +
    'Sanjay, Sheila, Tomasz, Winifred, Yasmin',
);

/** What invented businesses call themselves, before the line of trade. */
export const BUSINESS_NAMES = list(
  'Amber Gate, Blue Heron, Copper Kettle, Dovetail, Evergreen, Five Lanterns, Golden Thimble, Harbour Light, ' +
    'Ironwood, Juniper, Kingfisher, Long Meadow, Marigold, North Star, Old Mill, Paper Crane, Red Barn, ' +
    'Silver Birch, Three Corners, Velvet Crow',
);

export const TRADES = list(
  'Auto Repair, Bakery, Books, Cafe, Catering, Cleaners, Contracting, Deli, Electrical, Flooring, Haulage, ' +
    'Hardware, Landscaping, Painting, Plumbing, Properties, Roofing, Salon, Studios, Taxi',
);

function list(names: string): readonly string[] {
  return names.split(', ');
}
