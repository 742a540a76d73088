/** First names a caller of the desk may have. */
export const FIRST_NAMES = list(`
  aaron adam alan albert alex alice amanda amber amy andrea andrew angela anna anne anthony arthur ashley barbara ben
  benjamin beth betty brandon brenda brian bruce caroline carl carla carlos carol catherine charles charlotte chloe
  chris christina christine christopher claire clara claudia daniel david deborah dennis diana donald donna doris
  dorothy douglas edward elaine eleanor elena elizabeth ellen emily emma eric erica ethan eva evelyn fiona frances
  frank gary george gloria grace greg hannah harold harry heather helen henry holly howard ian irene isabel jack jacob
  james jane janet jason jean jeff jennifer jeremy jessica joan joe john jonathan jordan joseph joshua joyce judith
  julia julie justin karen kate katherine kathleen keith kelly kenneth kevin kim kyle laura lauren leo leon lily linda
  lisa liz louis louise lucas lucy luke maria marie marilyn mark martha martin mary matthew maya megan melissa michael
  michelle mike molly nancy natalie nathan nicholas nicole nina noah nora oliver olivia oscar pamela patricia patrick
  paul peter philip priya rachel ralph raymond rebecca richard robert robin roger ronald rosa rose roy russell ruth
  ryan sam samantha samuel sandra sarah scott sean sharon shirley simon sofia sophia sophie stephanie stephen steve
  steven susan teresa theo theresa thomas tim tina tom tony tyler vanessa victor victoria vincent virginia walter
  wendy wesley william zoe`);

/** Last names. */
export const LAST_NAMES = list(`
  adams alexander allen anderson bailey baker barnes becker bell bennett brooks brown bryant burns butler campbell
  carter castro chang chapman chavez chen clark clarke coleman collins cook cooper cox crawford cruz cunningham
  davies davis diaz dixon douglas duncan dunn edwards ellis evans ferguson fernandez fisher fletcher ford foster fox
  freeman fuller garcia gardner gibson gomez gonzalez gordon graham grant gray green greene griffin hall hamilton
  hansen harper harris harrison hart harvey hayes henderson henry hernandez hill hoffman holmes howard hudson hughes
  hunt hunter jackson james jenkins jensen johnson johnston jones jordan kelly kennedy khan kim king klein knight lane
  larson lawrence lawson lee lewis long lopez lynch marshall martin martinez mason matthews mcdonald meyer miller
  mills mitchell moore morales morgan morris morrison murphy murray myers nelson newman nguyen novak olson ortiz owens
  palmer park parker patel patterson payne perez perkins perry peters peterson phillips pierce porter powell price
  quinn ramirez ramos ray reed reid reyes reynolds rice richards richardson riley rivera roberts robertson robinson
  rodriguez rogers romero rose ross russell ryan sanchez sanders schmidt schneider scott shaw silva simmons simpson
  singh smith snyder spencer stephens stevens stewart stone sullivan tanaka taylor thomas thompson torres tucker turner
  wagner walker wallace walsh ward warren washington watkins watson weaver webb weber wells west wheeler white williams
  willis wilson wong wood woods wright young`);

/** Everyday English, for speech that is about something else. */
export const COMMON_WORDS = list(`
  able across act add age air almost alone along already although always among amount animal answer apple area arm
  around art ask attack aunt autumn away baby back bad bag ball band bank bar base basket bath battle beach bear beat
  beautiful because become bed begin behind believe below best better between beyond big bird bit black blood blow blue
  board boat body bone born bottle bottom bowl box boy branch brave bread break breakfast bridge bright bring brother
  build burn bus bush busy butter buy cake camera camp captain car card care carry case castle cat catch cause center
  chair chance chase cheap cheese chicken child children choose church circle city class clear climb clothes cloud club
  coat coffee cold color common company complete contain control copper corn corner could country couple course cover
  cow create cross crowd cry culture cup current cut dance danger dark daughter dead deal dear death decide deep deer
  depend desert design develop dinner direct dirty discover dish distance divide doctor dog door double doubt draw dream
  dress drink drive drop dry during dust each early earth east easy eat edge education effect egg eight either electric
  empty energy engine enough enter equal escape even event every exact example excite expect eye face fact fair fall
  family famous far farm fast father favor fear feed feel feet fell field fight figure fill film final find finger
  finish fire fish flag flat floor flower fly follow food foot force forest forget form forward fox free fresh friend
  fruit full fun funny game garden gas gather gave general gentle giant girl glad glass goal gold gone grand grass
  great ground group grow guard guess guest guide gun hair half hall hand happen happy hard hat hate head hear heart
  heat heavy hide high hill history hit hole holiday hope horse hospital hot hotel house huge hundred hungry hunt hurry
  ice idea if imagine important inch include indeed industry inside instead interest iron island job join joke journey
  jump kept key kick kill kind king kitchen knife knock know ladder lady lake land language large laugh law lead leaf
  learn least leather left leg lesson letter level lie life lift light lion list listen little live lonely long lose
  lost lot loud low luck lunch machine magic main make man map march market master match material matter meat medicine
  meet melt member memory metal middle might mile milk mind mine minister mirror money month moon mother mountain mouse
  mouth movie much music must narrow nation nature near neck never news night noise north nose note nothing notice
  ocean offer often oil old once onion open orange order ordinary other outside oven own page paint pair paper parent
  party pass past path pattern pay peace pen pencil people perhaps picture piece pig pink place plain plan plane planet
  plant plate play pleasure pocket poem point police poor position possible post pot potato pound power practice
  present press pretty prince print prison probable problem produce proof proud pull pure push quarter queen quick
  quiet quite race radio rain raise reach read ready real reason record red region religion repair report rest result
  return rich ride ring river road rock roll roof room root rope rough round row rule run sad safe sail salt same sand
  save scale school science sea season seat secret seed seem sell send sense sentence serve settle seven several shade
  shadow shake shall shape share sharp sheep shelf shine ship shirt shoe shop short shoulder shout shut sick side sign
  silence silver simple sing sister sit size skill skin sky sleep slow small smell smile smoke smooth snow soap soft
  soil soldier some son song soon sound soup south space speak special speed spell spend spoon sport spread spring
  square stand star start state station stay steam steel step stick still stomach stop store storm story straight
  strange stream street strong student study such sudden sugar suit summer sun supply surface surprise sweet swim
  system table tail talk tall taste teach teacher team tell ten tent test than thick thin thing think thousand through
  throw ticket tie tiger time tiny tired together tomato tool top total touch tour towards tower town toy trade train
  travel tree trip trouble truck true trust truth twice type uncle under understand unit until upon usual valley value
  vegetable very view village visit voice wait walk wall want war warm wash waste watch water wave wear weather wedding
  week weight well west wet wheel where whether white whole wide wife wild win wind window wine winter wire wish
  without woman wonder wood word work world worry worse write wrong yard year yellow yesterday yet young zero`);

function list(text: string): readonly string[] {
  return [...new Set(text.trim().split(/\s+/))];
}
