#!/usr/bin/env bash
# Trains the project's own 8 kHz ear on synthetic speech and writes it to harness/speech/models/ear-8k.
#   train/ear.sh                 everything, from the corpus to the model
#   EAR_FROM=features train/ear.sh   keeps the corpus in EAR_FOLDER
# Debian's sphinxtrain, sphinxbase-utils, pocketsphinx and espeak-ng are needed; they are installed when this runs as root.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=${EAR_FOLDER:-/tmp/hangup-ear}
count=${EAR_UTTERANCES:-5000}
states=${EAR_STATES:-400}
gaussians=${EAR_GAUSSIANS:-16}
cmn=${EAR_CMN:-none}
seed=${EAR_SEED:-2}
parts=${EAR_PARTS:-2}
from=${EAR_FROM:-corpus}
model=${EAR_MODEL:-harness/speech/models/ear-8k}
node=(nice -n 10 node_modules/.bin/node --disable-warning=ExperimentalWarning)

# Debian 12 puts sphinxtrain's scripts and its programs where neither finds the other: one tree of links holds both.
tree=$folder/sphinxtrain

main() {
  programs
  case $from in
    corpus) corpus; features; train ;;
    features) features; train ;;
    train) train ;;
    model) ;;
    *) echo "EAR_FROM is '$from'; use corpus, features, train or model" >&2; exit 2 ;;
  esac
  "${node[@]}" train/export.ts "$folder/task" "$model" "$states" "$cmn"
}

programs() {
  local missing=()
  command -v espeak-ng >/dev/null || missing+=(espeak-ng)
  command -v sphinxtrain >/dev/null || missing+=(sphinxtrain)
  command -v sphinx_fe >/dev/null || missing+=(sphinxbase-utils)
  command -v pocketsphinx_mdef_convert >/dev/null || missing+=(pocketsphinx)
  if ((${#missing[@]})); then
    if ((EUID != 0)); then
      echo "missing: ${missing[*]}; install them with: sudo apt-get install ${missing[*]}" >&2
      exit 2
    fi
    apt-get update -qq
    apt-get install -y -qq "${missing[@]}"
  fi
  local scripts=/usr/lib/x86_64-linux-gnu/sphinxtrain programs=/usr/lib/sphinxtrain
  [[ -d $scripts ]] || scripts=$programs
  mkdir -p "$tree/bin"
  ln -sfn "$scripts/scripts" "$tree/scripts"
  ln -sf "$programs"/* "$(command -v sphinx_fe)" "$tree/bin/"
}

corpus() {
  rm -rf "$folder/corpus"
  mkdir -p "$folder/corpus"
  local jobs=()
  for ((part = 0; part < parts; part++)); do
    "${node[@]}" train/corpus.ts "$folder/corpus" "$count" "$part" "$parts" "$seed" &
    jobs+=($!)
  done
  for job in "${jobs[@]}"; do wait "$job"; done
}

features() {
  rm -rf "$folder/task"
  mkdir -p "$folder/task/etc" "$folder/task/feat"
  "${node[@]}" train/task.ts "$folder/corpus" "$folder/task/etc"
  # Our own call: sphinxtrain's would cut silences out (remove_silence), which the decoder does not.
  local jobs=()
  for ((part = 1; part <= parts; part++)); do
    nice -n 10 sphinx_fe -c "$folder/task/etc/ear_train.fileids" -part "$part" -npart "$parts" \
      -di "$folder/corpus/wav" -ei wav -do "$folder/task/feat" -eo mfc -mswav yes -samprate 8000 -nfft 256 \
      -lowerf 200 -upperf 3500 -nfilt 20 -transform dct -lifter 22 -remove_noise yes -remove_silence no \
      2>"$folder/task/features-$part.log" &
    jobs+=($!)
  done
  for job in "${jobs[@]}"; do wait "$job"; done
}

train() {
  local etc=$folder/task/etc
  rm -rf "$folder/task"/{model_parameters,model_architecture,bwaccumdir,logdir,qmanager,trees}
  sed -e "s|___DB_NAME___|ear|; s|___BASE_DIR___|$folder/task|; s|___SPHINXTRAIN_DIR___|$tree|; s|___SPHINXTRAIN_BIN_DIR___|$tree/bin|" \
    -e "s|^\(\$CFG_WAVFILE_SRATE\) = .*|\1 = 8000.0;|; s|^\(\$CFG_NUM_FILT\) = .*|\1 = 20;|" \
    -e "s|^\(\$CFG_LO_FILT\) = .*|\1 = 200;|; s|^\(\$CFG_HI_FILT\) = .*|\1 = 3500;|" \
    -e "s|^\(\$CFG_CMN\) = .*|\1 = '$cmn';|; s|^\(  \$CFG_FINAL_NUM_DENSITIES\) = 8;|\1 = $gaussians;|" \
    -e "s|^\(\$CFG_N_TIED_STATES\) = .*|\1 = $states;|; s|^\(\$CFG_NPART\) = .*|\1 = $parts;|" \
    -e "s|^\(\$CFG_QUEUE_TYPE\) = .*|\1 = 'Queue::POSIX';|" \
    /usr/lib/*/sphinxtrain/etc/sphinx_train.cfg >"$etc/sphinx_train.cfg"
  cp /usr/lib/*/sphinxtrain/etc/feat.params "$etc/feat.params"
  local step
  # The scripts are Perl of a time when `.` was on the module path.
  for step in 00.verify/verify_all 05.vector_quantize/slave.VQ 20.ci_hmm/slave_convg 30.cd_hmm_untied/slave_convg \
    40.buildtrees/slave.treebuilder 45.prunetree/slave.state-tying 50.cd_hmm_tied/slave_convg; do
    echo "$step"
    (cd "$folder/task" && PERL_USE_UNSAFE_INC=1 nice -n 10 perl "$tree/scripts/$step.pl") >>"$folder/task/train.log" 2>&1 ||
      { tail -n 20 "$folder/task/train.log" >&2; exit 1; }
  done
}

main
